import { git, namesIn } from './git.ts'

/**
 * What differs from what others have: from `base` if named, else from the branch this one follows, else from the last commit. Files
 * that git does not know yet are among it.
 */
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
    // A branch that follows no other.
    git(root, 'rev-parse', 'HEAD'),
  )
  return point.trim()
}
