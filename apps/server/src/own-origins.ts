import type { Config } from './config.ts'

/** The origins of our own pages: the public one, and on a development machine both of its names and Vite's port. */
export function ownOrigins(config: Config): string[] {
  const { hostname } = new URL(config.publicUrl)
  if (hostname !== 'localhost' && hostname !== '127.0.0.1') return [config.publicUrl]
  const ports = config.development ? [config.port, config.webPort] : [config.port]
  return ports.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`])
}
