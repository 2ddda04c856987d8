import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('the command line of the benchmark', () => {
  it('measures five rounds of a second and a half unless it is said otherwise', () => {
    expect(readOptions([])).toMatchObject({
      rounds: 5,
      timing: { measureMs: 1500 },
      against: null,
      server: true,
      stored: [],
    })
  })

  it('shortens rounds with --quick, and lets --rounds and --ms override that', () => {
    expect(readOptions(['--quick'])).toMatchObject({ rounds: 3, timing: { measureMs: 250 } })
    expect(readOptions(['--quick', '--ms', '400'])).toMatchObject({ timing: { measureMs: 400 } })
  })

  it('measures ageing alone beside as many operations as --ageing says', () => {
    expect(readOptions(['--ageing', '10000000'])).toMatchObject({ ageing: 10_000_000 })
    expect(readOptions([])).toMatchObject({ ageing: null })
  })

  it('is refused when an option is unknown or a number is none', () => {
    expect(readOptions(['--no-such-thing'])).toBeNull()
    expect(readOptions(['--rounds', 'many'])).toBeNull()
    expect(readOptions(['--ageing', 'everything'])).toBeNull()
  })
})
