import { expect, it } from 'vitest'
import { alertMail } from './alert-mail.ts'

const alert = {
  meter: 'image_generations',
  threshold: 80,
  used: 8,
  granted: 10,
  resetsAt: '2026-12-01T00:00:00.000Z',
} as const
const links = { usageUrl: 'https://studio.example/usage', settingsUrl: 'https://studio.example/s' }

it.each([
  ['en', 'You have used 80% of your images', 'You have used 8 of 10 images', 'December 1'],
  ['de', '80 % Ihrer Bilder verbraucht', 'Sie haben 8 von 10 Bilder', '1. Dezember'],
] as const)(
  'an alert by e-mail in %s says what was used and when it resets',
  (language, ...said) => {
    const { subject, text } = alertMail(alert, { language, ...links })
    expect(subject.replaceAll('\u00a0', ' ')).toBe(said[0])
    for (const part of [said[1], said[2], links.usageUrl, links.settingsUrl]) {
      expect(text).toContain(part)
    }
  },
)

it('an alert of a meter that does not renew names no date', () => {
  const { text } = alertMail({ ...alert, resetsAt: null }, { language: 'en', ...links })
  expect(text).not.toContain('reset')
})
