import { expect, it } from 'vitest'
import { fileName } from './file-name.ts'

it.each([
  ['A lighthouse in a paper sea', 'a-lighthouse-in-a-paper-sea.png'],
  ['  “We ship on Friday!” ', 'we-ship-on-friday.png'],
  ['https://example.com/a?b=1', 'https-example-com-a-b-1.png'],
  ['日本の海と灯台', '日本の海と灯台.png'],
  ['../../etc/passwd', 'etc-passwd.png'],
  ['🚀🚀', 'tollgate.png'],
  [`${'word '.repeat(40)}`, `${'word-'.repeat(11)}word.png`],
])('calls the download of %j by its words', (words, name) => {
  expect(fileName(words, 'png')).toBe(name)
})

it('puts the size of a picture behind its words', () => {
  expect(fileName('Launch day', 'png', '1200x630')).toBe('launch-day-1200x630.png')
})
