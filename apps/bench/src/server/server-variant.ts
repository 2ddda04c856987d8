import type { Program } from '../revision/build-server.ts'

/** A server to measure: its revision, Node version and number of processes. */
export type ServerVariant = {
  name: string
  root: string
  program: Program
  node: string
  processes: number
}
