import { describe, expect, it } from 'vitest'
import { describeResult } from './describe-result.ts'

const picture = { url: '/api/results/1', width: 1200, height: 630 }

describe('describeResult', () => {
  it.each([
    ['images.generate', { ...picture, title: 'Ship it', subtitle: 'Friday' }, 'Ship it'],
    ['images.generate', { ...picture, prompt: 'A fox', style: 'night' }, 'A fox'],
    ['tools.qrCode', { svg: '<svg/>', text: 'https://example.com' }, 'https://example.com'],
    ['tools.qrCode', { svg: '<svg/>' }, null],
    ['text.summarize', { text: ' The toll road\nopened. ' }, 'The toll road opened.'],
    ['text.summarize', { title: 'Tolls', text: 'The toll road opened.' }, 'Tolls'],
    ['films.make', { title: 'A film' }, 'A film'],
    ['films.make', null, null],
  ])('titles the output of %s %j with %j', (procedure, output, title) => {
    expect(describeResult(procedure, output).title).toBe(title)
  })

  it.each([
    [
      { ...picture, title: 'Ship it' },
      { kind: 'picture', ...picture },
    ],
    [
      { svg: '<svg/>', width: 10, height: 10 },
      { kind: 'code', svg: '<svg/>' },
    ],
    [
      { svg: '<svg/>', url: '/api/results/2' },
      { kind: 'code', svg: '<svg/>', url: '/api/results/2' },
    ],
    [{ text: 'The toll road.' }, { kind: 'text', text: 'The toll road.' }],
    [['a', 'list'], { kind: 'none' }],
  ])('shows of %j what it can', (output, content) => {
    expect(describeResult('films.make', output).content).toEqual(content)
  })

  it('cuts a long title between two words, and no emoji in two', () => {
    expect(describeResult('text.summarize', { text: 'word '.repeat(40) }).title).toBe(
      `${'word '.repeat(15)}word…`,
    )
    expect(describeResult('text.summarize', { text: '🚀'.repeat(100) }).title).toBe(
      `${'🚀'.repeat(80)}…`,
    )
  })
})
