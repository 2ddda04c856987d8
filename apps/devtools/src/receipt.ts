import { readFile } from 'node:fs/promises'
import { readConfig, rotateReceiptKeys } from '@tollgate/server'
import { defineCommand, runMain } from 'citty'
import { verifyReceiptFile } from './receipts/verify-receipt-file.ts'

const verify = defineCommand({
  meta: {
    name: 'verify',
    description: 'Verify a signed receipt. Exit code 0: valid, 1: not believed.',
  },
  args: {
    file: { type: 'positional', required: true, description: 'A file with the signed receipt.' },
    issuer: { type: 'string', description: 'The origin of the server; PUBLIC_URL unless given.' },
    keys: { type: 'string', description: 'A file with its public keys; asked for unless given.' },
  },
  async run({ args }) {
    const issuer = args.issuer ?? readConfig().publicUrl
    const report = await verifyReceiptFile({
      signed: await readFile(args.file, 'utf8'),
      issuer,
      keys: args.keys === undefined ? null : await readFile(args.keys, 'utf8'),
    })
    process.stdout.write(`${report.text}\n`)
    process.exitCode = report.valid ? 0 : 1
  },
})

const rotate = defineCommand({
  meta: {
    name: 'rotate',
    description: 'Make a new signing key; the servers use it after a restart.',
  },
  run() {
    const { signing, published } = rotateReceiptKeys(readConfig().dataDirectory)
    process.stdout.write(
      `${signing.kid} signs from the next start; ${published.length} keys are published.\n`,
    )
  },
})

// `pnpm receipt verify <file>` and `pnpm receipt rotate`.
await runMain(
  defineCommand({
    meta: { name: 'receipt', description: 'Signed receipts.' },
    subCommands: { verify, rotate },
  }),
)
