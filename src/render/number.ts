/** `12,345`. */
export const renderNumber = (value: number): string => value.toLocaleString("en");
