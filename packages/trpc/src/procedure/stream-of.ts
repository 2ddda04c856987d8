import type { ReceiptChunk } from '@tollgate/contract'
import { TRPCError } from '@trpc/server'
import { describeIssues, type InputOf, type OutputOf, type Schema } from './schema.ts'

/** The output of a billed stream: a schema that validates every chunk before it is delivered. */
export interface StreamSchema<Chunk extends Schema> extends Schema<
  AsyncGenerator<InputOf<Chunk>, void, unknown>,
  AsyncGenerator<OutputOf<Chunk> | ReceiptChunk, void, unknown>
> {
  /** The schema of one chunk, for generated documentation. */
  readonly chunk: Chunk
}

/**
 * The output of a billed stream, for `.output()`. The receipt is added automatically as the last chunk.
 *
 * @example
 * billing.procedure({ … }).output(streamOf(z.object({ text: z.string() }))).mutation(async function* () { … })
 */
export function streamOf<Chunk extends Schema>(chunk: Chunk): StreamSchema<Chunk>
export function streamOf(chunk: Schema): object {
  return {
    chunk,
    '~standard': {
      version: 1,
      vendor: 'tollgate',
      validate: (value: unknown) =>
        isAsyncIterable(value)
          ? { value: checked(value, chunk) }
          : { issues: [{ message: 'The work yields nothing. Write it as async function*.' }] },
    },
  }
}

async function* checked(chunks: AsyncIterable<unknown>, schema: Schema): AsyncGenerator<unknown> {
  for await (const chunk of chunks) {
    const result = await schema['~standard'].validate(chunk)
    if (result.issues) {
      const message = `A chunk is not what .output() says: ${describeIssues(result.issues)}`
      throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message })
    }
    yield result.value
  }
}

/** Whether the value that a procedure returned is a stream. */
export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
