/** Tells the person at the terminal where everything is. */
export function announce(server: { url: string; billingUrl: string | null }): void {
  const lines = [
    '',
    `  Tollgate is up.  Studio   ${server.url}`,
    ...(server.billingUrl ? [`                   Billing  ${server.billingUrl}/console`] : []),
    '',
    '  Ctrl-C stops it; nothing is lost.',
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
