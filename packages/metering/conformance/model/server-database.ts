import { openOne } from './scratch-part.ts'

/** A database on a disposable server. */
type ServerDatabase = { url: string; drop(): Promise<void> }

/** Creates an empty one. */
export async function createServerDatabase(server: string, name: string): Promise<ServerDatabase> {
  // Text sorts the same on every machine.
  await onServer(server, `create database "${name}" template template0 encoding 'UTF8' locale 'C'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(server, `drop database "${name}" with (force)`) }
}

async function onServer(url: string, text: string): Promise<void> {
  const server = openOne(url)
  try {
    await server.query({ text })
  } finally {
    await server.close()
  }
}
