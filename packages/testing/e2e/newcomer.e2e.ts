import { readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../src/browser.ts'
import { makeScratchClone, type ScratchClone } from './scratch-clone.ts'
import { type Started, startFromTerminal } from './start-from-terminal.ts'

/** What the newcomer was promised. */
const MACHINE_SECONDS_MAX = 60
const LINES_BY_HAND_MAX = 5

// On demand, because it is about time: `pnpm test:newcomer`, on a machine that has nothing else to do.
describe('a newcomer', () => {
  const took: { step: string; seconds: number }[] = []
  let clone: ScratchClone
  let browser: Browser
  let server: Started | undefined

  beforeAll(async () => {
    clone = await makeScratchClone()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await server?.stop()
    await browser?.close()
    await clone?.remove()
  })

  it('generates, fills in a line, checks and calls a billed procedure, within a minute of machine time', async () => {
    const loadBefore = loadavg()[0] ?? 0
    await timed('generate', () =>
      clone.pnpm('gen', 'billed-procedure', 'text', 'generatedShout', 'ai_tokens'),
    )
    await clone.run('git', 'add', '--all')
    await fillIn('({ text: input.text })', '({ text: input.text.toUpperCase() })')
    const byHand = await clone.run('git', 'diff', '--numstat')
    await clone.run('git', 'reset', '--quiet')

    const output = await timed('check', () => clone.pnpm('check'))
    expect(output).toContain('All checks passed')

    const running = await timed('start', () => startFromTerminal(clone.directory, 'dev'))
    server = running
    const answer = await timed('call', () => callInPanel(running.url))
    expect(answer).toMatch(/^200 in \d+ ms · charged 1 × ai_tokens$/)

    const seconds = took.reduce((sum, step) => sum + step.seconds, 0)
    report({ seconds, loadBefore, output })
    expect(linesOf(byHand)).toBeLessThanOrEqual(LINES_BY_HAND_MAX)
    expect(seconds).toBeLessThan(MACHINE_SECONDS_MAX)
  })

  it('finds the panel from the Studio', async () => {
    const page = await browser.newPage()
    await page.goto(server?.studioUrl ?? '')
    await page.getByRole('link', { name: 'Dev panel' }).click()
    await page.getByRole('heading', { name: 'Dev panel' }).waitFor()
    expect(page.url()).toBe(`${server?.url}/dev`)
    await page.close()
  })

  async function timed<Result>(step: string, work: () => Promise<Result>): Promise<Result> {
    const began = performance.now()
    const result = await work()
    took.push({ step, seconds: (performance.now() - began) / 1000 })
    return result
  }

  async function fillIn(generated: string, own: string): Promise<void> {
    const file = path.join(clone.directory, 'packages/api/src/text/generated-shout.ts')
    const text = await readFile(file, 'utf8')
    expect(text.split(generated)).toHaveLength(2)
    await writeFile(file, text.replace(generated, own))
  }

  async function callInPanel(url: string): Promise<string> {
    const page = await browser.newPage()
    await page.goto(`${url}/dev`)
    await page.getByRole('button', { name: 'text.generatedShout' }).click()
    await page.getByLabel('Input', { exact: true }).fill('{ "text": "hello" }')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await page.getByText('"text": "HELLO"').waitFor()
    const status = await page.getByRole('status').textContent()
    await page.close()
    return status ?? ''
  }

  function report(run: { seconds: number; loadBefore: number; output: string }): void {
    const rows = took.map(({ step, seconds }) => `  ${step.padEnd(9)} ${seconds.toFixed(1)} s`)
    const loadAfter = loadavg()[0] ?? 0
    const load = `load ${run.loadBefore.toFixed(1)} before, ${loadAfter.toFixed(1)} after`
    process.stdout.write(
      `${run.output}\n${rows.join('\n')}\n  together  ${run.seconds.toFixed(1)} s (${load})\n`,
    )
  }
})

function linesOf(numstat: string): number {
  return numstat
    .split('\n')
    .map((line) => Number(line.split('\t')[0] ?? 0))
    .reduce((sum, added) => sum + added, 0)
}
