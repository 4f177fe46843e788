import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor, type VisitorObject } from "oxc-parser";

/** One file of src/ or bin/: its path from src/ (`bin/taskq.ts` for bin/) and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** A path from src/ for a file of ours, else the package's name or `node:…`. */
  readonly to: string;
  readonly isOurs: boolean;
  readonly isTypeOnly: boolean;
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Every TypeScript file of src/ and bin/. */
export function readSources(): SourceFile[] {
  return ["src", "bin"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({
        path: relative(folder === "src" ? join(root, "src") : root, file),
        text: readFileSync(file, "utf8"),
      })),
  );
}

/** What a file needs: imports, re-exports, `import()`, types by `import("…")` and `new URL("./x.ts", import.meta.url)`. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean) => found.push(resolve(file.path, specifier, isTypeOnly));

  visit(file, {
    ImportDeclaration: ({ source, importKind, specifiers }) =>
      add(
        source.value,
        importKind === "type" ||
          (specifiers.length > 0 &&
            specifiers.every((each) => each.type === "ImportSpecifier" && each.importKind === "type")),
      ),
    ExportAllDeclaration: ({ source, exportKind }) => add(source.value, exportKind === "type"),
    ExportNamedDeclaration: ({ source, exportKind }) => source && add(source.value, exportKind === "type"),
    ImportExpression: ({ source }) => {
      if (source.type !== "Literal" || typeof source.value !== "string") return;
      add(source.value, false);
    },
    TSImportType: ({ source }) => add(source.value, true),
    NewExpression: ({ callee, arguments: [first, second] }) => {
      const isEntry = callee.type === "Identifier" && callee.name === "URL" && second?.type === "MemberExpression";
      if (isEntry && first?.type === "Literal" && typeof first.value === "string") add(first.value, false);
    },
  });
  return found;
}

/** The globals of a process that a file reaches for, as `process.exit`, `process.env`, `console`, `stderr`. */
export function globalsOf(file: SourceFile): string[] {
  const found = new Set<string>();
  visit(file, {
    Identifier: ({ name }) => {
      if (name === "console") found.add("console");
    },
    MemberExpression: ({ object, property, computed }) => {
      if (object.type !== "Identifier" || object.name !== "process") return;
      if (!computed && property.type === "Identifier") found.add(`process.${property.name}`);
      else if (property.type === "Literal") found.add(`process.${property.value}`);
    },
    VariableDeclarator: ({ id, init }) => {
      if (init?.type !== "Identifier" || init.name !== "process" || id.type !== "ObjectPattern") return;
      for (const each of id.properties) {
        if (each.type === "Property" && each.key.type === "Identifier") found.add(`process.${each.key.name}`);
      }
    },
    ImportDeclaration: ({ source, specifiers }) => {
      if (!/^(?:node:)?process$/.test(source.value)) return;
      for (const each of specifiers) {
        if (each.type === "ImportSpecifier" && each.imported.type === "Identifier")
          found.add(`process.${each.imported.name}`);
      }
    },
  });
  return [...found];
}

function visit({ path, text }: SourceFile, visitor: VisitorObject): void {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  new Visitor(visitor).visit(program);
}

function resolve(from: string, specifier: string, isTypeOnly: boolean): Import {
  if (!specifier.startsWith(".")) {
    const to = /^node:|^(?:@[^/]+\/)?[^/]+/.exec(specifier)![0];
    return { to: to === "node:" ? specifier : to, isOurs: false, isTypeOnly };
  }
  // bin/ stands beside src/, everything else in it.
  const at = join(from.startsWith("bin/") ? dirname(from) : join("src", dirname(from)), specifier);
  return { to: relative("src", at).replace(/^\.\.\//, ""), isOurs: true, isTypeOnly };
}
