import { hash } from 'node:crypto'
import { inputNotComparable } from '../operation/faults.ts'
import { nonJsonType } from './non-json-type.ts'

/** 128 bits of a digest: it is compared and never read. */
const HEX_DIGITS = 32
/** Deeper than any honest input; the writer below calls itself once per level. */
const DEPTH_MAX = 200

/**
 * The 128 bits by which a key's inputs are compared: by content, whatever the order of fields. Two inputs have the same one
 * only if they mean the same. Throws `MeteringError` `INPUT_NOT_COMPARABLE` for what has no content to compare.
 */
export function fingerprint(procedure: string, input: unknown): string {
  return hash('sha256', `${procedure}\n${write(input, 0)}`, 'hex').slice(0, HEX_DIGITS)

  function write(value: unknown, depth: number): string {
    if (depth > DEPTH_MAX) throw inputNotComparable(procedure, 'is nested too deeply')
    switch (typeof value) {
      case 'string':
        return JSON.stringify(value)
      case 'bigint':
        return `${value}n`
      case 'number':
      case 'boolean':
      case 'undefined':
        return String(value)
      case 'object':
        return value === null ? 'null' : writeObject(value, depth + 1)
      case 'function':
      case 'symbol':
        throw inputNotComparable(procedure, `holds ${nonJsonType(value)}`)
    }
  }

  function writeObject(value: object, depth: number): string {
    if (Array.isArray(value)) return `[${value.map((item) => write(item, depth)).join()}]`
    // Types that JSON has no form for are named, so that none is taken for another.
    if (value instanceof Date) return `Date(${value.getTime()})`
    if (value instanceof Set) return `Set(${sorted([...value].map((item) => write(item, depth)))})`
    if (value instanceof Map) {
      return `Map(${sorted([...value].map((entry) => write(entry, depth)))})`
    }
    if (ArrayBuffer.isView(value)) {
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      return `${Object.prototype.toString.call(value)}(${bytes.toString('base64')})`
    }
    if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(), depth)
    const foreign = nonJsonType(value)
    if (foreign) throw inputNotComparable(procedure, `holds ${foreign}`)
    const fields = Object.entries(value).filter(([, item]) => item !== undefined)
    const written = fields
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${write(item, depth)}`)
    return `{${written.join()}}`
  }
}

function sorted(texts: string[]): string {
  return texts.toSorted().join()
}
