import { nonJsonType } from './non-json-type.ts'

/** Deeper than any legitimate input; the writer below recurses once per level. */
const DEPTH_MAX = 200

/**
 * Writes an input as text that is equal only for equivalent inputs: by content, whatever the order of fields; files by name, type and the
 * `digestOf` their bytes. Throws `NotComparable` for what has no content to compare.
 */
export function canonicalText(
  input: unknown,
  digestOf: (file: Blob) => string | undefined,
): string {
  return write(input, 0)

  function write(value: unknown, depth: number): string {
    if (depth > DEPTH_MAX) throw new NotComparable('is nested too deeply')
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
        throw new NotComparable(`holds ${nonJsonType(value)}`)
    }
  }

  function writeObject(value: object, depth: number): string {
    if (Array.isArray(value)) return `[${value.map((item) => write(item, depth)).join()}]`
    // Types without a JSON form are named, so that none is mistaken for another.
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
    if (foreign) throw new NotComparable(`holds ${foreign}`)
    const fields = Object.entries(value).filter(([, item]) => item !== undefined)
    const written = fields
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${write(item, depth)}`)
    return `{${written.join()}}`
  }

  /** Repeated fields keep their order. */
  function writeForm(form: FormData, depth: number): string {
    return [...form]
      .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
      .map((entry) => write(entry, depth))
      .join()
  }

  function writeFile(file: Blob): string {
    const name = file instanceof File ? file.name : null
    return `File(${JSON.stringify([name, file.type, digestOf(file)])})`
  }
}

/** Why an input cannot be compared, phrased as the end of a sentence. */
export class NotComparable extends Error {}

/** The class of an object, if it has one: its private fields could not be compared. */
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
