/** Files that may contain listed words (`null` for all of them), and why; a path that ends with `/` is a folder. */
export const WORD_EXCEPTIONS = [
  { path: 'packages/testing/src/lint/', words: null, reason: 'the list itself and its tests' },
  { path: '.changeset/', words: null, reason: 'names what was renamed' },
  { path: 'apps/docs/versions.md', words: null, reason: 'names what was renamed' },
  { path: 'apps/docs/glossary.md', words: null, reason: 'names what was renamed' },
  {
    path: 'packages/ledger/migrations/',
    words: null,
    reason: 'an applied migration never changes',
  },
  { path: 'packages/metering/schema/', words: null, reason: 'an applied migration never changes' },
  { path: 'apps/server/migrations/', words: null, reason: 'an applied migration never changes' },
  {
    path: 'packages/metering/src/fixtures/landed-version/',
    words: null,
    reason: 'what an earlier version applied',
  },
  {
    path: 'packages/metering/',
    words: ['doubtful', 'sendings'],
    reason: 'columns of an applied migration',
  },
  {
    path: 'apps/docs/operate/running.md',
    words: ['sendings'],
    reason: 'a column of an applied migration',
  },
  { path: 'packages/embedded-postgres/', words: ['nobody'], reason: 'a user of the system' },
  {
    path: 'apps/docs/decisions/003-run-embedded-postgres-as-root.md',
    words: ['nobody'],
    reason: 'a user of the system',
  },
  { path: 'apps/web/src/app/', words: ['announcer'], reason: 'a live region of a page announces' },
]
