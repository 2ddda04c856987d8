import { launchChromium, sweepViews, type View, VIEWS } from '@tollgate/testing/browser'
import { serveFolder } from '@tollgate/testing/serve-folder'
import { startTogether } from '@tollgate/testing/start-together'

/** One page per layout, each with what no other has. */
const LAYOUTS = [
  'index',
  '404',
  'decisions/index',
  'how-to/add-a-billed-procedure',
  'operate/running',
]

/** Decisions have one form, which a test of its own keeps: the last stands for all of them. */
const isDecision = (file: string) => /^decisions\/\d/.test(file)

/**
 * Looks for what is wrong with the pages of a built guide. Their layouts are looked at in every view; all other pages are Markdown
 * in one of them, so each is looked at in one, in turn.
 */
export async function sweepGuide(directory: string, pages: readonly string[]): Promise<string[]> {
  const { page, url, stop } = await startTogether(async (defer) => {
    const served = await serveFolder({ directory })
    defer(served.close)
    const browser = await launchChromium()
    defer(() => browser.close())
    return { page: await browser.newPage(), url: served.url }
  })
  const problems: string[] = []
  try {
    const sorted = pages.toSorted()
    const last = sorted.findLast(isDecision)
    const swept = sorted.filter((file) => !isDecision(file) || file === last)
    for (const [index, file] of swept.entries()) {
      await page.goto(`${url}/${file}`)
      await page.locator('h1').first().waitFor()
      const found = await sweepViews(page, viewsOf(file, index))
      problems.push(...found.map((line) => `${file}, ${line}`))
    }
  } finally {
    await stop()
  }
  return problems
}

function viewsOf(file: string, index: number): readonly View[] {
  if (LAYOUTS.includes(file.slice(0, -'.html'.length))) return VIEWS
  return VIEWS.slice(index % VIEWS.length).slice(0, 1)
}
