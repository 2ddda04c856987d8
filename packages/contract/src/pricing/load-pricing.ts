import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { findPricingProblems } from './find-pricing-problems.ts'
import { type PricingFile, pricingFileSchema } from './pricing-file.ts'
import { upgradeLegacyPricing } from './upgrade-legacy-pricing.ts'

/** Reads and checks a pricing file (YAML or JSON); throws `PricingFileError` naming file, line and column. */
export function loadPricing(path: string): PricingFile {
  return parsePricing(readFileSync(path, 'utf8'), path)
}

/** Checks the text of a pricing file; `path` is only for messages. Both Flowglad formats are accepted. */
export function parsePricing(text: string, path: string): PricingFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (keys: readonly PropertyKey[]) => locate(document, lines, keys)
  const [syntaxError] = document.errors
  if (syntaxError) {
    const { line, col } = lines.linePos(syntaxError.pos[0])
    throw new PricingFileError([{ path, line, column: col, message: syntaxError.message }])
  }
  const parsed = pricingFileSchema.safeParse(upgradeLegacyPricing(document.toJS()))
  if (!parsed.success) {
    throw new PricingFileError(
      parsed.error.issues.map((issue) => ({
        path,
        ...at(issue.path),
        message: `${issue.path.join('.') || 'file'}: ${issue.message}`,
      })),
    )
  }
  const problems = findPricingProblems(parsed.data)
  if (problems.length > 0) {
    throw new PricingFileError(
      problems.map((problem) => ({ path, ...at(problem.keys), message: problem.message })),
    )
  }
  return parsed.data
}

/** One problem of a pricing file, and where it is. */
export type PricingProblem = { path: string; line: number; column: number; message: string }

/** A pricing file is invalid; `problems` lists every reason with its location. */
export class PricingFileError extends Error {
  override readonly name = 'PricingFileError'
  readonly code = 'PRICING_FILE_INVALID'
  readonly problems: readonly PricingProblem[]

  constructor(problems: readonly PricingProblem[]) {
    super(
      problems
        .map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)
        .join('\n'),
    )
    this.problems = problems
  }
}

type Document = ReturnType<typeof parseDocument>

function locate(document: Document, lines: LineCounter, keys: readonly PropertyKey[]) {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node: unknown = document.getIn(keys.slice(0, depth), true)
    if (hasRange(node)) {
      const { line, col } = lines.linePos(node.range[0])
      return { line, column: col }
    }
  }
  return { line: 1, column: 1 }
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
