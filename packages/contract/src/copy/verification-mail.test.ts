import { expect, it } from 'vitest'
import { verificationMail } from './verification-mail.ts'

it.each([
  ['en', 'Verify your email address'],
  ['de', 'Bestätigen Sie Ihre E-Mail-Adresse'],
] as const)('the mail that verifies an address has its link, in %s', (language, said) => {
  const url = 'https://studio.example/verify?token=t1'
  const { subject, text } = verificationMail({ language, url })
  expect(subject).toBe(said)
  expect(text).toContain(`\n${url}\n`)
})
