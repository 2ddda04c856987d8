/** What every command understands. */
export const shared = {
  json: { type: 'boolean', default: false, description: 'Print JSON.' },
  'database-url': {
    type: 'string',
    description: 'The database; otherwise DATABASE_URL, or the embedded one in DATA_DIR.',
  },
} as const
