import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { writeRedirects } from './write-redirects.ts'

const { version } = JSON.parse(
  readFileSync(new URL('../../../packages/trpc/package.json', import.meta.url), 'utf8'),
)

/** What a link to a page shows elsewhere; the picture is the Studio's. */
function openGraph({
  title,
  description,
  base,
}: {
  title: string
  description: string
  base: string
}) {
  const picture = `${process.env['DOCS_URL'] ?? ''}${base}open-graph.png`
  return Object.entries({
    'og:type': 'website',
    'og:site_name': 'Tollgate',
    'og:title': title,
    'og:description': description,
    'og:image': picture,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': 'Know what every click costs, above hills at night',
  }).map(([property, content]): [string, Record<string, string>] => ['meta', { property, content }])
}

/** The documentation: static, searchable without a service, nothing loaded from elsewhere. */
export default defineConfig({
  title: 'Tollgate',
  description:
    'Tollgate checks credits before work starts, charges exactly once, and keeps every balance true.',
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['src/**', '**/*.part.md'],
  head: [['meta', { name: 'color-scheme', content: 'light dark' }]],
  transformHead: ({ siteData, title, description }) => [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${siteData.base}favicon.svg` }],
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
    ...openGraph({ title, description, base: siteData.base }),
  ],
  vite: { publicDir: fileURLToPath(new URL('../../web/public', import.meta.url)) },
  // The default code themes fall short of WCAG's contrast of 4.5:1.
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  buildEnd: ({ outDir, site }) => writeRedirects({ outDir, base: site.base }),
  themeConfig: {
    logo: '/favicon.svg',
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorial', link: '/tutorial/add-to-your-app' },
      { text: 'How-to', link: '/how-to/' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Explanation', link: '/explanation/' },
      { text: version, items: [{ text: 'All versions', link: '/versions' }] },
    ],
    sidebar: [
      {
        text: 'Tutorial',
        items: [{ text: 'Add it to your app', link: '/tutorial/add-to-your-app' }],
      },
      {
        text: 'How-to: build',
        items: [
          { text: 'Add a billed procedure', link: '/how-to/add-a-billed-procedure' },
          { text: 'Price by input, by use, by stream', link: '/how-to/variable-cost-and-streams' },
          { text: 'Charge several meters', link: '/how-to/several-meters' },
          { text: 'Meter a language model', link: '/how-to/meter-a-language-model' },
          { text: 'Choose what is charged once', link: '/how-to/charge-once' },
          { text: 'Use a catalog of your own', link: '/how-to/own-catalog' },
          { text: 'Change plans and prices', link: '/how-to/plans-and-pricing' },
          { text: 'Migrate existing customers', link: '/how-to/migrate-customers' },
          { text: 'Call it from a client', link: '/how-to/call-from-a-client' },
          { text: 'Offer tools to agents', link: '/how-to/offer-tools-to-agents' },
          { text: 'Get a bearer token', link: '/how-to/get-a-bearer-token' },
          { text: 'Sell to teams', link: '/how-to/teams' },
          { text: 'Alert customers', link: '/how-to/alerts' },
          { text: 'Use an API key', link: '/how-to/use-an-api-key' },
          { text: 'Remove the demo', link: '/how-to/remove-the-demo' },
        ],
      },
      {
        text: 'How-to: operate',
        items: [
          { text: 'Run Tollgate', link: '/operate/running' },
          { text: 'Upgrade', link: '/operate/upgrading' },
          { text: 'Plan capacity', link: '/operate/capacity' },
          { text: 'Use Citus instead of PL/Proxy', link: '/operate/citus' },
          { text: 'Go to hosted Flowglad', link: '/operate/hosted-flowglad' },
          { text: "The operator's view", link: '/operate/operator-view' },
          { text: 'Handle incidents', link: '/operate/incidents' },
          { text: 'Export and delete a customer', link: '/operate/export-and-delete' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: '@tollgate/trpc', link: '/reference/api/trpc' },
          { text: '@tollgate/metering', link: '/reference/api/metering' },
          { text: '@tollgate/client', link: '/reference/api/client' },
          { text: '@tollgate/contract', link: '/reference/api/contract' },
          { text: 'HTTP', link: '/reference/http' },
          { text: 'pricing.yaml', link: '/reference/pricing-yaml' },
          { text: 'Errors', link: '/errors' },
          { text: 'Performance', link: '/operate/performance' },
          { text: 'Glossary', link: '/glossary' },
        ],
      },
      {
        text: 'Explanation',
        items: [
          { text: 'Life of a billed call', link: '/explanation/life-of-a-billed-call' },
          { text: 'Threat model', link: '/explanation/threat-model' },
          { text: 'Compared with others', link: '/explanation/compared' },
          { text: 'Decisions', link: '/decisions/' },
        ],
      },
    ],
  },
})
