import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { streamOf } from '../index.ts'

const schema = streamOf(z.object({ text: z.string() }))

async function* chunks(...yielded: unknown[]) {
  yield* yielded
}

async function read(work: unknown): Promise<unknown[]> {
  const result = await schema['~standard'].validate(work)
  if (result.issues) throw new Error(result.issues[0]?.message)
  const chunks: unknown[] = []
  for await (const chunk of result.value) chunks.push(chunk)
  return chunks
}

describe('streamOf', () => {
  it('hands on chunks as the schema has them', async () => {
    expect(await read(chunks({ text: 'a', more: 1 }, { text: 'b' }))).toEqual([
      { text: 'a' },
      { text: 'b' },
    ])
  })

  it('ends with an error at a chunk that the schema refuses', async () => {
    await expect(read(chunks({ text: 'a' }, { text: 7 }))).rejects.toThrow(
      'A chunk is not what .output() says: text:',
    )
  })

  it('refuses work that yields nothing', async () => {
    await expect(read({ text: 'a' })).rejects.toThrow('Write it as async function*')
  })
})
