import { expect, it } from 'vitest'
import { takePart } from './take-part.ts'

const ALL = ['a', 'b', 'c', 'd', 'e']

it('has everything in one of its parts', () => {
  const parts = ['1/3', '2/3', '3/3'].map((part) => takePart(ALL, part))
  expect(parts).toEqual([['a', 'd'], ['b', 'e'], ['c']])
  expect(takePart(ALL, '1/1')).toEqual(ALL)
})

it.each(['0/3', '4/3', '2', '', 'a/b', '1/0'])('refuses "%s", which names no part', (part) => {
  expect(() => takePart(ALL, part)).toThrow('2/6')
})
