import { BillingBackendError } from '@tollgate/contract'
import { describe, expect, it } from 'vitest'
import { createLogger } from './create-logger.ts'

describe('the log', () => {
  it('says where the guide explains an error of ours', () => {
    const error = new BillingBackendError('unauthorized', 'The key was refused.')
    expect(written({ error })).toMatchObject({
      error: { message: 'The key was refused.', code: 'unauthorized', docs: 'errors#unauthorized' },
    })
  })

  it('does not for others', () => {
    expect(written({ error: new Error('no') })).not.toHaveProperty('error.docs')
  })

  it('keeps what identifies people to itself', () => {
    expect(written({ customer: { email: 'ada@example.com' } })).toMatchObject({
      customer: { email: '[redacted]' },
    })
  })
})

function written(fields: Record<string, unknown>): unknown {
  const lines: string[] = []
  createLogger('info', { write: (line) => void lines.push(line) }).error(fields, 'it failed')
  return JSON.parse(lines.join(''))
}
