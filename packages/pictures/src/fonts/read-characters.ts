import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

/** The code points that a WOFF file has a glyph for, from its `cmap` table. */
export function readCharacters(path: string): ReadonlySet<number> {
  const cmap = readTable(readFileSync(path), 'cmap')
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(8 + index * 8)),
  )
  return new Set(subtables.flatMap(readSubtable))
}

function readTable(woff: Buffer, tag: string): Buffer {
  for (let index = 0; index < woff.readUInt16BE(12); index += 1) {
    const entry = woff.subarray(44 + index * 20)
    if (entry.toString('latin1', 0, 4) !== tag) continue
    const [start, length, original] = [4, 8, 12].map((at) => entry.readUInt32BE(at))
    const table = woff.subarray(start, (start ?? 0) + (length ?? 0))
    return length === original ? table : inflateSync(table)
  }
  throw new Error(`A font has no ${tag} table.`)
}

function readSubtable(table: Buffer): number[] {
  const format = table.readUInt16BE(0)
  if (format === 4) return readSegments(table)
  return format === 12 ? readGroups(table) : []
}

/** Format 4: four parallel arrays of segments in the basic plane; glyph 0 is the empty box. */
function readSegments(table: Buffer): number[] {
  const size = table.readUInt16BE(6)
  const characters: number[] = []
  for (let at = 0; at < size; at += 2) {
    const end = table.readUInt16BE(14 + at)
    const start = table.readUInt16BE(16 + size + at)
    const delta = table.readUInt16BE(16 + size * 2 + at)
    const offsetAt = 16 + size * 3 + at
    const offset = table.readUInt16BE(offsetAt)
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const index = offset === 0 ? code : table.readUInt16BE(offsetAt + offset + (code - start) * 2)
      if (index !== 0 && (index + delta) % 0x10000 !== 0) characters.push(code)
    }
  }
  return characters
}

/** Format 12: groups of code points in any plane. */
function readGroups(table: Buffer): number[] {
  return Array.from({ length: table.readUInt32BE(12) }, (_, index) => {
    const [start = 0, end = 0] = [16, 20].map((at) => table.readUInt32BE(at + index * 12))
    return Array.from({ length: end - start + 1 }, (_, offset) => start + offset)
  }).flat()
}
