import { createStyle } from "../../src/render/color.ts";

export const plain = createStyle(false);
export const colored = createStyle(true);
