/** Patterns that must never occur in a file that browsers or phones load: server packages and their tools, the environment, the context. */
const FORBIDDEN: readonly { what: string; pattern: RegExp }[] = [
  {
    what: 'a package of ours that runs on servers',
    pattern: /['"]@tollgate\/(?!contract['"])[a-z]+['"/]/,
  },
  { what: "the billing vendor's SDK", pattern: /@flowglad/ },
  { what: 'a database', pattern: /drizzle|\bpg\b|postgres|\bselect .{1,80} from\b/i },
  { what: 'the sign-in library', pattern: /better-auth/ },
  { what: 'a validation library', pattern: /\bzod\b|ZodError/i },
  {
    what: 'the environment',
    pattern:
      /process\.env|import\.meta\.env|\b(?:DATABASE_URL|BILLING_(?:PORT|DATABASE_URL)|FLOWGLAD_\w+|OPENAI_\w+|DATA_DIR|PUBLIC_URL)\b/,
  },
  { what: "the server's context", pattern: /\bctx: (?!object;)/ },
  {
    what: "a procedure's meta data",
    pattern: /\bmeta: (?!object;|unknown;|Of\['meta'\]|BilledMeta<|\{\s*billing)[\w{]/,
  },
  { what: 'a path of the machine that built it', pattern: /\/(?:home|root|Users|work|tmp)\// },
  { what: "Node's own modules", pattern: /['"]node:/ },
]

/** A forbidden pattern found in a file. */
export type Leak = { file: string; what: string; text: string }

/** Searches the published files for server-only code. */
export function findLeaks(files: ReadonlyMap<string, string>): Leak[] {
  return [...files].flatMap(([file, text]) =>
    FORBIDDEN.flatMap(({ what, pattern }) => {
      const match = pattern.exec(text)
      return match ? [{ file, what, text: around(text, match.index) }] : []
    }),
  )
}

function around(text: string, index: number): string {
  return text.slice(Math.max(0, index - 30), index + 60).replaceAll(/\s+/g, ' ')
}
