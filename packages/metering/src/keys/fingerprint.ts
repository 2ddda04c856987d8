import { createHash, hash } from 'node:crypto'
import { inputNotComparable } from '../operation/faults.ts'
import { nonJsonType } from './non-json-type.ts'

/** 128 bits of a digest: it is compared and never read. */
const HEX_DIGITS = 32
/** Deeper than any honest input; the writer below calls itself once per level. */
const DEPTH_MAX = 200

/**
 * The 128 bits by which a key's inputs are compared: by content, whatever the order of fields; files by name, type and bytes. Two
 * inputs have the same one only if they mean the same. Throws `MeteringError` `INPUT_NOT_COMPARABLE` for what has no content to
 * compare.
 */
export async function fingerprint(procedure: string, input: unknown): Promise<string> {
  const unread = new Set<Blob>()
  const digests = new Map<Blob, string>()
  let text = write(input, 0)
  if (unread.size > 0) {
    for (const file of unread) digests.set(file, await digestOf(file))
    text = write(input, 0)
  }
  return hash('sha256', `${procedure}\n${text}`, 'hex').slice(0, HEX_DIGITS)

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
    if (value instanceof FormData) return `FormData(${writeForm(value, depth)})`
    if (value instanceof Blob) return writeFile(value)
    if ('toJSON' in value && typeof value.toJSON === 'function') return write(value.toJSON(), depth)
    const foreign = nonJsonType(value) ?? instanceType(value)
    if (foreign) throw inputNotComparable(procedure, `holds ${foreign}`)
    const fields = Object.entries(value).filter(([, item]) => item !== undefined)
    const written = fields
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${write(item, depth)}`)
    return `{${written.join()}}`
  }

  /** Several values of one field keep their order. */
  function writeForm(form: FormData, depth: number): string {
    return [...form]
      .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map((entry) => write(entry, depth))
      .join()
  }

  /** Without its bytes at first: they can only be waited for. */
  function writeFile(file: Blob): string {
    const digest = digests.get(file)
    if (digest === undefined) unread.add(file)
    const name = file instanceof File ? file.name : null
    return `File(${JSON.stringify([name, file.type, digest])})`
  }
}

async function digestOf(file: Blob): Promise<string> {
  const digest = createHash('sha256')
  for await (const bytes of file.stream()) digest.update(bytes)
  return digest.digest('base64')
}

/** What an object is an instance of, when that is a class: its private fields could not be compared. */
function instanceType(value: object): string | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (typeof prototype !== 'object' || prototype === null) return null
  return Object.getPrototypeOf(prototype) === null
    ? null
    : `an instance of ${value.constructor.name}`
}

function sorted(texts: string[]): string {
  return texts.toSorted().join()
}
