import { expect, it } from 'vitest'
import { describeInputErrors } from './describe-input-errors.ts'
import { enRefusals } from './en-refusals.ts'
import { enStudio } from './en-studio.ts'

const t = { ...enRefusals, qr: enStudio.qr }

it('says which characters of a field cannot be drawn, and nothing of a field that was accepted', () => {
  const issues = [{ path: 'subtitle', code: 'undrawable', message: '', characters: ['𓀀', '𐎀'] }]
  const errorOf = describeInputErrors({ data: { issues } }, t)
  expect(errorOf('subtitle')).toBe('These characters cannot be drawn: 𓀀 𐎀')
  expect(errorOf('title', 'prompt')).toBeNull()
})

it('explains an issue that only newer servers know, and no other failure', () => {
  const errorOf = describeInputErrors({ data: { issues: [{ path: 'title', code: 'new' }] } }, t)
  expect(errorOf('title', 'prompt')).toBe('This is not accepted')
  expect(describeInputErrors(new Error('lost'), t)('title')).toBeNull()
})
