import { defineConfig } from 'vitepress'

/** The guide: static, searchable without a service, nothing loaded from elsewhere. */
export default defineConfig({
  title: 'Tollgate',
  description:
    'Sell metered operations: credits are held before the work, charged once, shown as they are.',
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['src/**', '**/*.part.md'],
  head: [['meta', { name: 'color-scheme', content: 'light dark' }]],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/guide/life-of-a-billed-call' },
      { text: 'Operate', link: '/operate/running' },
      { text: 'Errors', link: '/errors' },
      { text: 'Decisions', link: '/decisions/' },
    ],
    sidebar: [
      {
        text: 'Understand',
        items: [
          { text: 'Life of a billed call', link: '/guide/life-of-a-billed-call' },
          { text: 'Glossary', link: '/glossary' },
        ],
      },
      {
        text: 'Build',
        items: [
          { text: 'Add a billed procedure', link: '/guide/add-a-billed-procedure' },
          { text: 'Add to your app', link: '/guide/add-to-your-app' },
          { text: 'Variable cost and streams', link: '/guide/variable-cost-and-streams' },
          { text: 'Several meters', link: '/guide/several-meters' },
          { text: 'What is charged once', link: '/guide/charge-once' },
          { text: 'Plans and pricing.yaml', link: '/guide/plans-and-pricing' },
          { text: 'Call it from a client', link: '/guide/call-from-a-client' },
        ],
      },
      {
        text: 'Operate',
        items: [
          { text: 'Running Tollgate', link: '/operate/running' },
          { text: 'Hosted Flowglad', link: '/operate/hosted-flowglad' },
          { text: 'Incidents', link: '/operate/incidents' },
          { text: 'Performance', link: '/operate/performance' },
        ],
      },
      {
        text: 'Look up',
        items: [
          { text: 'Errors', link: '/errors' },
          { text: 'Decisions', link: '/decisions/' },
        ],
      },
    ],
  },
})
