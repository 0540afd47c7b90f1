// A second statement of how deployment tasks go, as plain as it can be: every answer is worked out anew from the list of all tasks.

export type Target = 'staging' | 'production'

export interface Action {
  readonly action: 'deploy_cert' | 'remove_cert' | 'deploy_property' | 'remove_property'
  readonly id: string
  readonly version?: number | string
}

/** What is where: by `certificate or property` and target the number of the live version. */
export type Picture = Readonly<Record<string, number>>

export const ids = {
  shop: '642c1dc50000000000000a02',
  lab: '642c1dc50000000000000a04',
  nothing: '000000000000000000000000',
  shopSite: '642c1dc50000000000000b01',
  labSite: '642c1dc50000000000000b05',
  deepSite: '642c1dc50000000000000b06',
} as const

/** The seed data, as far as it takes part: how many versions there are, and which of them have expired. */
export const certificates: Readonly<Record<string, { readonly count: number; readonly expired: readonly number[] }>> = {
  [ids.shop]: { count: 3, expired: [1] },
  [ids.lab]: { count: 2, expired: [1] },
}
export const properties: Readonly<
  Record<string, { readonly count: number; readonly certificate: string; readonly fits: boolean }>
> = {
  [ids.shopSite]: { count: 2, certificate: ids.shop, fits: true },
  [ids.labSite]: { count: 1, certificate: ids.lab, fits: true },
  [ids.deepSite]: { count: 1, certificate: ids.shop, fits: false },
}
const atFirst: Picture = {
  [`${ids.shop} production`]: 2,
  [`${ids.shop} staging`]: 3,
  [`${ids.shopSite} production`]: 1,
  [`${ids.shopSite} staging`]: 2,
}

/** When a task is at work, and when it is over. */
const [workingMs, overMs] = [5000, 20_000]

interface Task {
  readonly path: string
  readonly target: Target
  readonly actions: readonly Action[]
  readonly atMs: number
  readonly fails: boolean
  /** Where the control plane has brought it to its end. */
  readonly ended?: { readonly atMs: number; readonly as: 'succeeded' | 'failed' }
}

export class DeploymentModel {
  tasks: readonly Task[] = []
  #failNext = 0

  failNext(count: number): void {
    this.#failNext = count
  }

  /** The code that a submission is refused with; undefined when it is taken. */
  refusalOf(target: string, actions: readonly Action[], checks: boolean, nowMs: number): string | undefined {
    if (target !== 'staging' && target !== 'production') return 'InvalidDeploymentTarget'
    if (actions.length === 0) return 'InvalidAction'
    const isCertificate = ({ action }: Action): boolean => action.endsWith('_cert')
    const deploys = ({ action }: Action): boolean => action.startsWith('deploy_')

    const stranger = actions.find(
      (action) => !Object.hasOwn(isCertificate(action) ? certificates : properties, action.id),
    )
    if (stranger !== undefined) return isCertificate(stranger) ? 'InvalidCertificateId' : 'InvalidPropertyId'

    const countOf = ({ id }: Action): number => (certificates[id] ?? properties[id])!.count
    const lost = actions.find(
      (action) => deploys(action) && !(Number(action.version) >= 1 && Number(action.version) <= countOf(action)),
    )
    if (lost !== undefined) return isCertificate(lost) ? 'InvalidCertificateVersion' : 'InvalidPropertyVersion'

    const open = this.tasks.filter((task) => task.target === target && !this.#isOver(task, nowMs))
    const openActions = open.flatMap((task) => task.actions)
    const touched = [...openActions, ...actions].filter(isCertificate).map(({ id }) => id)
    if (actions.some(({ id }) => touched.filter((other) => other === id).length > 1)) return 'DuplicateDeployment'

    const now = this.pictureAt(nowMs)
    const moved = actions.filter((action) => !isCertificate(action)).map(({ id }) => id)
    const staying = Object.keys(properties).filter((id) => `${id} ${target}` in now && !moved.includes(id))
    const coming = [...openActions, ...actions].filter(({ action }) => action === 'deploy_property')
    const used = [...staying, ...coming.map(({ id }) => id)].map((id) => properties[id]!.certificate)
    if (actions.some(({ action, id }) => action === 'remove_cert' && used.includes(id))) return 'CertificateInUse'

    const sites = actions.filter(({ action }) => action === 'deploy_property')
    const versions = sites.map(({ id }) => {
      const { certificate } = properties[id]!
      if (openActions.some((other) => other.action === 'remove_cert' && other.id === certificate)) return undefined
      const along = actions.find((other) => other.action === 'deploy_cert' && other.id === certificate)
      return along === undefined ? now[`${certificate} ${target}`] : Number(along.version)
    })
    if (versions.includes(undefined)) return 'CertificateNotDeployed'
    if (!checks) return undefined
    if (sites.some(({ id }, index) => certificates[properties[id]!.certificate]!.expired.includes(versions[index]!)))
      return 'CertificateExpired'
    return sites.some(({ id }) => !properties[id]!.fits) ? 'CertificateMismatch' : undefined
  }

  submit(path: string, target: Target, actions: readonly Action[], atMs: number): void {
    this.tasks = [...this.tasks, { path, target, actions, atMs, fails: this.#failNext > 0 }]
    this.#failNext = Math.max(0, this.#failNext - 1)
  }

  /** The control plane ends all open tasks, or the one with this path. */
  end(as: 'succeeded' | 'failed', nowMs: number, path?: string): void {
    this.tasks = this.tasks.map((task) =>
      this.#isOver(task, nowMs) || (path !== undefined && path !== task.path)
        ? task
        : { ...task, ended: { atMs: nowMs, as } },
    )
  }

  openAt(nowMs: number): readonly Task[] {
    return this.tasks.filter((task) => !this.#isOver(task, nowMs))
  }

  /** The state of a task as its status and when it was over. */
  stateOf(task: Task, nowMs: number): { readonly status: string; readonly overMs: number | undefined } {
    if (task.ended !== undefined) return { status: task.ended.as, overMs: task.ended.atMs }
    const age = nowMs - task.atMs
    if (age < overMs) return { status: age < workingMs ? 'waiting' : 'at work', overMs: undefined }
    return { status: task.fails ? 'failed' : 'succeeded', overMs: task.atMs + overMs }
  }

  /** What is live where: what came first, and then what each task that succeeded has made of it, in the order of their ends. */
  pictureAt(nowMs: number): Picture {
    const picture: Record<string, number> = { ...atFirst }
    for (const { target, actions } of this.#succeeded(nowMs))
      for (const { action, id, version } of actions) {
        if (action.startsWith('deploy_')) picture[`${id} ${target}`] = Number(version)
        else delete picture[`${id} ${target}`]
      }
    return picture
  }

  /** The versions of a certificate that were ever live, in order. */
  historyOf(certificateId: string, nowMs: number): number[] {
    const before = certificateId === ids.shop ? [1, 2, 3] : []
    const deployed = this.#succeeded(nowMs).flatMap(({ actions }) =>
      actions.flatMap(({ action, id, version }) =>
        action === 'deploy_cert' && id === certificateId ? [Number(version)] : [],
      ),
    )
    return [...new Set([...before, ...deployed])].toSorted((one, other) => one - other)
  }

  #succeeded(nowMs: number): readonly Task[] {
    const over = this.tasks.filter((task) => this.stateOf(task, nowMs).status === 'succeeded')
    return over.toSorted((one, other) => this.stateOf(one, nowMs).overMs! - this.stateOf(other, nowMs).overMs!)
  }

  #isOver(task: Task, nowMs: number): boolean {
    return this.stateOf(task, nowMs).overMs !== undefined
  }
}
