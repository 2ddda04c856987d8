import { describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

const of = (input: unknown) => fingerprint('images.generate', input)

/** A form with these fields, in this order. */
function form(...fields: [name: string, value: string | File][]): FormData {
  const made = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === 'string') made.append(name, value)
    else made.append(name, value)
  }
  return made
}

function file(text: string, name = 'fox.png', type = 'image/png'): File {
  return new File([text], name, { type })
}

describe('the fingerprint of an input', () => {
  it.each<[string, unknown, unknown]>([
    ['sets', new Set(['a']), new Set(['b'])],
    ['maps', new Map([['a', 1]]), new Map([['a', 2]])],
    ['a set and an empty object', new Set(['a']), {}],
    ['a map and a list of its entries', new Map([['a', 1]]), [['a', 1]]],
    ['dates', new Date(0), new Date(1)],
    ['a date and its text', new Date(0), new Date(0).toJSON()],
    ['bigints', 1n, 2n],
    ['a bigint and a number', 1n, 1],
    ['bytes', new Uint8Array([1]), new Uint8Array([2])],
    ['bytes and a list of them', new Uint8Array([1]), [1]],
    ['numbers of one width and another', new Uint8Array([1, 0]), new Uint16Array([1])],
    ['null and NaN', null, Number.NaN],
    ['null and undefined in a list', [null], [undefined]],
    ['text that looks like another type', 'Set("a")', new Set(['a'])],
    ['one list and two', [['a'], ['b']], [['a', 'b']]],
    ['forms', form(['a', '1']), form(['a', '2'])],
    ['a form and an empty object', form(), {}],
    ['uploads', form(['picture', file('fox')]), form(['picture', file('owl')])],
    ['uploads of another name', form(['a', file('fox')]), form(['a', file('fox', 'owl.png')])],
    ['uploads of another type', file('fox'), file('fox', 'fox.png', 'image/jpeg')],
    ['the text and the file of a field', form(['a', 'fox']), form(['a', file('fox')])],
    ['bytes without a name', new Blob(['fox']), new Blob(['owl'])],
    [
      'values of one field in another order',
      form(['a', '1'], ['a', '2']),
      form(['a', '2'], ['a', '1']),
    ],
  ])('differs for %s', async (_, one, other) => {
    expect(await of(one)).not.toBe(await of(other))
    expect(await of({ in: [one] })).not.toBe(await of({ in: [other] }))
  })

  it.each<[string, unknown, unknown]>([
    ['objects whose fields are in another order', { a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }],
    ['sets that were filled in another order', new Set(['a', 'b']), new Set(['b', 'a'])],
    ['a field that is missing and one that is undefined', { a: 1 }, { a: 1, b: undefined }],
    ['a view into more bytes and its copy', new Uint8Array([9, 1]).subarray(1), Uint8Array.of(1)],
    [
      'forms whose fields are in another order',
      form(['a', '1'], ['b', '2']),
      form(['b', '2'], ['a', '1']),
    ],
    ['an upload that is sent again', form(['a', file('fox')]), form(['a', file('fox')])],
    ['sets of uploads', new Set([file('a'), file('b')]), new Set([file('b'), file('a')])],
  ])('is the same for %s', async (_, one, other) => {
    expect(await of(one)).toBe(await of(other))
  })

  it.each<[string, unknown]>([
    ['a stream', new ReadableStream()],
    ['an instance of a class', new Hidden()],
    ['a function', () => 1],
    ['a promise', Promise.resolve(1)],
    ['a symbol', Symbol('a')],
    ['a RegExp', /a/],
  ])('is refused for %s, which has no content to compare', async (_, input) => {
    await expect(of({ input })).rejects.toMatchObject({ code: 'INPUT_NOT_COMPARABLE' })
  })

  it('is refused for an input that is nested without end', async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    await expect(of(deep)).rejects.toMatchObject({ code: 'INPUT_NOT_COMPARABLE' })
    const itself: unknown[] = []
    itself.push(itself)
    await expect(of(itself)).rejects.toMatchObject({ code: 'INPUT_NOT_COMPARABLE' })
  })
})

/** Its content is private. */
class Hidden {
  readonly #secret = 1
  isSecret(value: number): boolean {
    return value === this.#secret
  }
}
