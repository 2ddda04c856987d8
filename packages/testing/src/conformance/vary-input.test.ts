import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { varyInput } from './vary-input.ts'

function varied(schema: z.ZodType, example: unknown): unknown {
  const parse = (input: unknown) => {
    const read = schema.safeParse(input)
    return read.success ? [read.data] : null
  }
  return varyInput(example, parse)?.input ?? null
}

describe('varyInput', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['an array of strings', z.array(z.string()), ['a']],
    [
      'an object with nothing but an array',
      z.object({ items: z.array(z.string()) }),
      { items: ['a'] },
    ],
    [
      'an empty array that may have items',
      z.object({ ids: z.array(z.int()).max(3) }),
      { ids: [4] },
    ],
    [
      'a number three levels deep',
      z.object({ box: z.object({ sizes: z.array(z.object({ cm: z.int().min(1) })) }) }),
      { box: { sizes: [{ cm: 1 }] } },
    ],
    [
      'an enumeration beside a switch',
      z.object({ style: z.enum(['a']), hd: z.boolean() }),
      { style: 'a', hd: true },
    ],
    ['a tuple in a fixed order', z.tuple([z.literal('x'), z.int()]), ['x', 1]],
    ['a UUID', z.object({ id: z.uuid() }), { id: '0190163d-8694-739b-aea5-966c26f8ad91' }],
    ['a date', z.object({ day: z.iso.date() }), { day: '2026-11-22' }],
    ['a bare string', z.string().max(3), 'abc'],
  ])('changes %s', (_what, schema, example) => {
    const other = varied(schema, example)
    expect(schema.safeParse(other).success).toBe(true)
    expect(other).not.toEqual(example)
  })

  it('leaves out an optional field only where that makes another input', () => {
    const fixed = z.literal('once')
    expect(varied(z.object({ mode: fixed.optional() }), { mode: 'once' })).toEqual({})
    expect(varied(z.object({ mode: fixed.default('once') }), { mode: 'once' })).toBeNull()
  })

  it.each<[string, z.ZodType, unknown]>([
    [
      'an input of one enumeration',
      z.object({ style: z.enum(['aurora', 'night']) }),
      { style: 'night' },
    ],
    ['no input at all', z.unknown().transform(() => undefined), {}],
  ])('finds no other input for %s', (_what, schema, example) => {
    expect(varied(schema, example)).toBeNull()
  })
})
