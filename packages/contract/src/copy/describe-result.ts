/** A stored result in a list: its title and a preview. */
export type DescribedResult = { title: string | null; content: ResultContent }

/** The preview of a result; `none` when this program does not know the output. */
type ResultContent =
  | { kind: 'picture'; url: string; width: number; height: number }
  /** SVG, and the address of the PNG; results of earlier versions have no PNG. */
  | { kind: 'code'; svg: string; url?: string }
  | { kind: 'text'; text: string }
  | { kind: 'none' }

/** Titles are shortened in lists; the result has the full text. */
const TITLE_MAX = 80

/**
 * Describes a result by its output alone: nothing else of a call is stored. Outputs of earlier versions have fewer fields; that of an
 * unknown procedure is named by its `title`, if it has one.
 */
export function describeResult(procedure: string, output: unknown): DescribedResult {
  const fields = isRecord(output) ? output : {}
  const title = (TITLES[procedure] ?? titleOf)(fields)
  return { title: title && shorten(title), content: contentOf(fields) }
}

type Fields = Record<string, unknown>

const TITLES: Partial<Record<string, (output: Fields) => string | null>> = {
  'images.generate': (output) => titleOf(output) ?? text(output['prompt']),
  'tools.qrCode': (output) => titleOf(output) ?? text(output['label']) ?? text(output['text']),
  'text.summarize': (output) => titleOf(output) ?? text(output['text']),
}

function titleOf(output: Fields): string | null {
  return text(output['title'])
}

function contentOf({ url, width, height, svg, text: words }: Fields): ResultContent {
  if (typeof svg === 'string') {
    return { kind: 'code', svg, ...(typeof url === 'string' ? { url } : {}) }
  }
  if (typeof url === 'string' && typeof width === 'number' && typeof height === 'number') {
    return { kind: 'picture', url, width, height }
  }
  return typeof words === 'string' ? { kind: 'text', text: words } : { kind: 'none' }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The first words, cut at a space if there is one. */
function shorten(title: string): string {
  const line = title.replaceAll(/\s+/g, ' ')
  // By code points, so that no emoji is cut in two.
  const letters = Array.from(line)
  if (letters.length <= TITLE_MAX) return line
  const head = letters.slice(0, TITLE_MAX).join('')
  const gap = head.lastIndexOf(' ')
  return `${gap > TITLE_MAX / 2 ? head.slice(0, gap) : head}…`
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
