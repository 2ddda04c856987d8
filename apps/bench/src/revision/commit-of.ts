import { runCommand } from '../processes/run-command.ts'
import { REPOSITORY } from '../repository.ts'

/** The commit of a name such as `HEAD~3`; with null, a commit of the working tree's tracked files. */
export async function commitOf(name: string | null): Promise<string> {
  if (name !== null) return git('rev-parse', '--verify', `${name}^{commit}`)
  // Empty if nothing differs from HEAD. The commit is on no branch; git collects it later.
  return (await git('stash', 'create')) || git('rev-parse', 'HEAD')
}

/** The name of a revision in reports: its short hash, and whether the working tree differs from it. */
export function describeRevision(name: string | null): Promise<string> {
  return name === null
    ? git('describe', '--always', '--exclude', '*', '--dirty')
    : git('rev-parse', '--short', `${name}^{commit}`)
}

function git(...args: string[]): Promise<string> {
  return runCommand('git', args, { cwd: REPOSITORY })
}
