import { describe, expect, it } from 'vitest'
import { fingerprint } from './fingerprint.ts'

const of = (input: unknown) => fingerprint('images.generate', input)

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
  ])('differs for %s', (_, one, other) => {
    expect(of(one)).not.toBe(of(other))
    expect(of({ in: [one] })).not.toBe(of({ in: [other] }))
  })

  it.each<[string, unknown, unknown]>([
    ['objects whose fields are in another order', { a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }],
    ['sets that were filled in another order', new Set(['a', 'b']), new Set(['b', 'a'])],
    ['a field that is missing and one that is undefined', { a: 1 }, { a: 1, b: undefined }],
    ['a view into more bytes and its copy', new Uint8Array([9, 1]).subarray(1), Uint8Array.of(1)],
  ])('is the same for %s', (_, one, other) => {
    expect(of(one)).toBe(of(other))
  })

  it.each<[string, unknown]>([
    ['a form', new FormData()],
    ['a file', new Blob(['a'])],
    ['a stream', new ReadableStream()],
    ['a function', () => 1],
    ['a promise', Promise.resolve(1)],
    ['a symbol', Symbol('a')],
    ['a RegExp', /a/],
  ])('is refused for %s, which has no content to compare', (_, input) => {
    expect(() => of({ input })).toThrow(expect.objectContaining({ code: 'INPUT_NOT_COMPARABLE' }))
  })

  it('is refused for an input that is nested without end', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    expect(() => of(deep)).toThrow(expect.objectContaining({ code: 'INPUT_NOT_COMPARABLE' }))
    const itself: unknown[] = []
    itself.push(itself)
    expect(() => of(itself)).toThrow(expect.objectContaining({ code: 'INPUT_NOT_COMPARABLE' }))
  })
})
