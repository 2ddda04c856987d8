import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changedFiles } from './changed-files.ts'

const WHO = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']

describe('what differs from what others have', () => {
  let root: string
  const at = (name: string) => path.join(root, name)
  const git = (...args: string[]) =>
    execFileSync('git', [...WHO, ...args], { cwd: root, encoding: 'utf8' }).trim()

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'tollgate-changed-'))
    git('init', '--quiet', '--initial-branch=main')
    for (const name of ['kept', 'edited', 'deleted']) writeFileSync(at(name), name)
    writeFileSync(at('.gitignore'), 'built\n')
    commit('first')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('is nothing after a fresh commit on a branch of its own', async () => {
    expect(await changedFiles(root)).toEqual({ base: git('rev-parse', 'HEAD'), files: [] })
  })

  it('is what was edited, deleted and added, but not what git ignores', async () => {
    writeFileSync(at('edited'), 'otherwise')
    rmSync(at('deleted'))
    writeFileSync(at('a new one'), '')
    writeFileSync(at('built'), '')
    expect((await changedFiles(root)).files).toEqual(['a new one', 'deleted', 'edited'])
  })

  it('is also what was committed since the branch it follows', async () => {
    const base = git('rev-parse', 'HEAD')
    git('checkout', '--quiet', '-b', 'mine', '--track', 'main')
    writeFileSync(at('edited'), 'otherwise')
    commit('second')
    expect(await changedFiles(root)).toEqual({ base, files: ['edited'] })
  })

  it('can be asked against any commit', async () => {
    writeFileSync(at('edited'), 'otherwise')
    commit('second')
    expect((await changedFiles(root, 'HEAD~1')).files).toEqual(['edited'])
  })

  function commit(message: string): void {
    git('add', '--all')
    git('commit', '--quiet', '--message', message)
  }
})
