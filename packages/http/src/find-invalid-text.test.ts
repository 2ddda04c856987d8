import { expect, it } from 'vitest'
import { findInvalidText } from './find-invalid-text.ts'

it.each([
  { json: '{"text":"plain"}', found: null },
  { json: String.raw`{"text":"\ud83d\ude00 \u00e9 \n"}`, found: null },
  { json: String.raw`{"text":"\\u0000"}`, found: null },
  { json: '["😀"]', found: null },
  { json: String.raw`{"text":"a\u0000b"}`, found: 'nul' },
  { json: String.raw`{"a\u0000":1}`, found: 'nul' },
  { json: String.raw`["\\\u0000"]`, found: 'nul' },
  { json: String.raw`["\ud83d"]`, found: 'lone_surrogate' },
  { json: String.raw`["\ude00\ud83d"]`, found: 'lone_surrogate' },
  { json: String.raw`["\ud83d\\ude00"]`, found: 'lone_surrogate' },
  { json: '["\ud83d"]', found: 'lone_surrogate' },
  { json: `${'['.repeat(100)}${']'.repeat(100)}`, found: null },
  { json: '['.repeat(101), found: 'too_deep' },
  { json: `["${'['.repeat(500)}"]`, found: null },
  { json: String.raw`{"unfinished":"\u00`, found: null },
])('finds $found in $json', ({ json, found }) => {
  expect(findInvalidText(json)).toBe(found)
})
