import type { Program } from '../revision/build-server.ts'

/** Which server is measured: the one of which revision, on which Node, in how many processes. */
export type ServerVariant = {
  name: string
  root: string
  program: Program
  node: string
  processes: number
}
