import { readFileSync } from 'node:fs'
import { docsAnchor } from '@tollgate/contract'

const PAGE = new URL('../../../docs/errors.md', import.meta.url)

/** The guide's entry for a refusal: its link and text; null if there is none. */
export function readGuideEntry(error: {
  name: string
  code: string
}): { docs: string; text: string } | null {
  const docs = docsAnchor(error)
  if (docs === null) return null
  const id = docs.slice(docs.indexOf('#') + 1)
  const entry = readFileSync(PAGE, 'utf8')
    .split(/^#{2,3} /m)
    .find((candidate) => idOf(candidate) === id)
  if (entry === undefined) return null
  return { docs, text: plain(entry.slice(entry.indexOf('\n'))) }
}

function idOf(entry: string): string {
  const [, code = '', id] = /^`([^`]+)`(?: \{#([\w-]+)\})?\n/.exec(entry) ?? []
  return id ?? code.toLowerCase().replaceAll('_', '-')
}

// Strips Markdown.
function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll(/[*`]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
