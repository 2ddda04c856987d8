import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { createTextModel } from './create-text-model.ts'

type Answer = (write: (data: unknown) => void) => 'end' | 'hang'

/** A provider with OpenAI's wire format that fails on demand. */
async function startProvider(answer: Answer) {
  const bodies: string[] = []
  let hungUp = false
  const server = createServer((request, response) => {
    request.on('data', (chunk) => bodies.push(String(chunk)))
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.on('close', () => {
        hungUp = true
      })
      const fate = answer((data) => response.write(`data: ${JSON.stringify(data)}\n\n`))
      if (fate === 'end') response.end('data: [DONE]\n\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The provider has no port.')
  const model = createTextModel({
    openai: { apiKey: 'sk', model: 'gpt-test', baseUrl: `http://127.0.0.1:${address.port}/v1` },
  })
  return {
    model,
    bodies,
    hungUp: () => hungUp,
    breakOff: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function delta(content: string, finish: string | null = null) {
  const choice = { index: 0, delta: { content }, finish_reason: finish }
  return { id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] }
}

const request = {
  text: 'A long text.',
  sentences: 2,
  signal: new AbortController().signal,
  operation: { reportCost() {} },
}

it('streams the provider’s text as it arrives', async () => {
  await using provider = await startProvider((write) => {
    write(delta('Short'))
    write(delta(' text.', 'stop'))
    return 'end'
  })
  const pieces: string[] = []
  for await (const piece of provider.model.summarize(request)) pieces.push(piece)
  expect(pieces).toEqual(['Short', ' text.'])
  expect(provider.bodies.join('')).toContain('A long text.')
})

it('fails when the provider breaks off, instead of ending the stream early', async () => {
  await using provider = await startProvider((write) => {
    write(delta('Sho'))
    return 'hang'
  })
  const pieces: string[] = []
  const read = async () => {
    for await (const piece of provider.model.summarize(request)) {
      pieces.push(piece)
      provider.breakOff()
    }
  }
  await expect(read()).rejects.toBeInstanceOf(Error)
  expect(pieces).toEqual(['Sho'])
})

it('aborts the provider’s request when the reader of the stream is gone', async () => {
  await using provider = await startProvider((write) => {
    write(delta('Sho'))
    return 'hang'
  })
  const abort = new AbortController()
  const read = async () => {
    for await (const _ of provider.model.summarize({ ...request, signal: abort.signal })) {
      abort.abort()
    }
  }
  await expect(read()).rejects.toThrow('abort')
  await expect.poll(provider.hungUp).toBe(true)
})
