import { expect, it } from 'vitest'
import { objectSpread } from '../build/object-spread.ts'

const symbol = Symbol('own')

it.each([
  ['nothing', null],
  ['an empty object', {}],
  ['properties that are there already', { a: 2, b: 3 }],
  ['undefined, which is a value', { a: undefined }],
  ['a symbol', { [symbol]: 1 }],
  ['inherited properties, which do not count', Object.create({ inherited: 1 })],
  ['a property called __proto__, as JSON can have it', JSON.parse('{"__proto__":{"admin":true}}')],
])('copies as the spread of the language does: %s', (_what, source: object) => {
  const copied = objectSpread({ a: 1 }, source)
  expect(propertiesOf(copied)).toEqual(propertiesOf({ a: 1, ...source }))
  expect(Object.getPrototypeOf(copied)).toBe(Object.prototype)
})

function propertiesOf(value: object) {
  return Reflect.ownKeys(value).map((key) => [key, Reflect.getOwnPropertyDescriptor(value, key)])
}

it('copies several, the last one last, into the first', () => {
  const target = {}
  expect(objectSpread(target, { a: 1 }, null, { a: 2, b: 3 })).toBe(target)
  expect(target).toEqual({ a: 2, b: 3 })
})
