import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStudio, type Studio } from './fixtures/studio.ts'

let studio: Studio
beforeAll(async () => {
  studio = await startStudio()
})
afterAll(() => studio?.stop())

describe('the API reference', () => {
  it('shows what a call costs, and makes one that is charged once', async () => {
    const { page, context } = await studio.guest()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto('/docs/api')
    await page.getByText('Costs 1 api_calls').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    await page.getByPlaceholder('Idempotency-Key').fill('reference-0123456789abcdef')

    const answers: { status: number; replayed: string | null }[] = []
    page.on('response', (response) => {
      if (!response.url().endsWith('/trpc/tools.qrCode')) return
      answers.push({
        status: response.status(),
        replayed: response.headers()['idempotency-replayed'] ?? null,
      })
    })
    await page.getByRole('button', { name: 'Execute' }).click()
    await expect.poll(() => answers.length).toBe(1)
    await page.getByRole('button', { name: 'Execute' }).click()
    await expect.poll(() => answers.length).toBe(2)
    expect(answers).toEqual([
      { status: 200, replayed: null },
      { status: 200, replayed: 'true' },
    ])

    await page.goto('/qr')
    await expect
      .poll(() => page.getByTestId('balance-text').textContent())
      .toBe('99 of 100 calls left')
    expect(complaints).toEqual([])
    await context.close()
  })
})
