import { git, namesIn } from './git.ts'

/** The files that differ from `named`, the merge base with this branch's upstream, or else the last commit; includes untracked files. */
export async function changedFiles(root: string, named?: string) {
  const base = named ?? (await forkPoint(root))
  const [tracked, untracked] = await Promise.all([
    git(root, 'diff', '--name-only', '--no-renames', '-z', base, '--'),
    git(root, 'ls-files', '--others', '--exclude-standard', '-z'),
  ])
  return { base, files: namesIn(`${tracked}${untracked}`).toSorted() }
}

async function forkPoint(root: string): Promise<string> {
  const point = await git(root, 'merge-base', 'HEAD', '@{upstream}').catch(() =>
    // A branch without an upstream.
    git(root, 'rev-parse', 'HEAD'),
  )
  return point.trim()
}
