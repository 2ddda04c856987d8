import { expect, it } from 'vitest'
import { teamMail } from './team-mail.ts'

const url = 'https://studio.example/join?invitation=i1'
const mail = { team: 'Acme', from: 'Ada', url }

it.each([
  ['en', 'Ada invites you to Acme'],
  ['de', 'Ada lädt Sie zu Acme ein'],
] as const)(
  'an invitation by e-mail in %s says who invites to what, and has the link',
  (language, said) => {
    const { subject, text } = teamMail({ ...mail, language, about: { kind: 'invitation' } })
    expect(subject).toBe(said)
    expect(text).toContain(url)
  },
)

it.each([
  ['en', 'purchase', 'Ada asks you to buy images.'],
  ['en', 'raise_limit', 'Ada has reached a limit and asks you to raise it: images.'],
  ['de', 'purchase', 'Ada bittet Sie, zu kaufen: Bilder.'],
  ['de', 'raise_limit', 'Ada hat ein Limit erreicht und bittet um ein höheres: Bilder.'],
] as const)('a request by e-mail in %s to %s says what is asked for', (language, kind, said) => {
  const about = { kind, meter: 'image_generations' }
  expect(teamMail({ ...mail, language, about }).text).toContain(said)
})

it('a name adds no line to an e-mail', () => {
  const about = { kind: 'invitation' } as const
  const { subject } = teamMail({
    ...mail,
    team: 'Acme\r\nBcc: eve@example.com',
    language: 'en',
    about,
  })
  expect(subject).toBe('Ada invites you to Acme Bcc: eve@example.com')
})
