import { describe, expect, it } from 'vitest'
import { enBalance } from './en-balance.ts'
import { createFormats } from './formats.ts'

/** The last second of November in UTC, which is the first of December further east. */
const MONTH_END = '2026-11-30T23:59:59.000Z'

describe('dates', () => {
  it.each([
    ['America/Los_Angeles', '30 November', /30 November 2026 at 15:59:59 (GMT-8|PST)/],
    ['UTC', '30 November', /30 November 2026 at 23:59:59 (UTC|GMT)/],
    ['Asia/Tokyo', '1 December', /1 December 2026 at 08:59:59 (GMT\+9|JST)/],
  ])(
    'are those of the reader in %s, with the zone where the moment matters',
    (zone, day, exact) => {
      const f = createFormats('en-GB', zone)
      expect(f.date(MONTH_END)).toBe(day)
      expect(f.dateTime(MONTH_END)).toMatch(exact)
      expect(enBalance.meter.resets(f, MONTH_END)).toBe(`Resets ${day}`)
    },
  )

  it('stay in UTC for what is counted in UTC', () => {
    expect(createFormats('en-GB', 'Asia/Tokyo').utcDate(MONTH_END)).toBe('30 November')
  })

  it.each([
    ['2026-11-21T12:00:00.000Z', 'in 9 days'],
    ['2026-11-29T23:59:58.000Z', 'tomorrow'],
    ['2026-11-30T21:00:00.000Z', 'in 2 hours'],
    ['2026-11-30T23:59:29.000Z', 'in 30 seconds'],
  ])('seen from %s, the end of the month is %s', (now, words) => {
    expect(createFormats('en-GB').relative(MONTH_END, new Date(now))).toBe(words)
  })
})

describe('numbers', () => {
  it.each([
    ['en-GB', '1,234,567', '79.5%', 'US$20'],
    ['de-DE', '1.234.567', '79,5 %', '20 $'],
    ['ar-EG', '١٬٢٣٤٬٥٦٧', '٧٩٫٥٪؜', '‏٢٠ US$'],
  ])('are written as in %s', (locale, number, percent, money) => {
    const f = createFormats(locale)
    expect(f.number(1_234_567)).toBe(number)
    expect(f.percent(79.5).replaceAll('\u00a0', ' ')).toBe(percent)
    expect(f.money(2000, 'USD').replaceAll('\u00a0', ' ')).toBe(money)
  })

  it('count one and many', () => {
    const f = createFormats('en-GB')
    expect([0, 1, 2].map((count) => enBalance.cost.fixed(f, 'image_generations', count))).toEqual([
      '0 images',
      '1 image',
      '2 images',
    ])
  })

  it.each([
    [1, '1 second', '1 Sekunde'],
    [60, '60 seconds', '60 Sekunden'],
    [61, '2 minutes', '2 Minuten'],
    [3541, '1 hour', '1 Stunde'],
    [3600, '1 hour', '1 Stunde'],
    [5400, '2 hours', '2 Stunden'],
  ])('tell a wait of %d seconds in the unit that people use', (seconds, english, german) => {
    expect(createFormats('en-GB').duration(seconds)).toBe(english)
    expect(createFormats('de-DE').duration(seconds)).toBe(german)
  })

  it.each([
    [0, '0:00'],
    [9, '0:09'],
    [75, '1:15'],
    [3600, '60:00'],
  ])('tell %d seconds as %s', (seconds, text) => {
    expect(createFormats('en-GB').elapsed(seconds)).toBe(text)
  })
})
