// Users, accounts, organizations, domains and containers: what programs ask for before they order.
import { Hono } from 'hono'
import { answerRead } from '../answer-read.ts'
import {
  containersOf,
  domainsOf,
  findOrganization,
  findUser,
  organizationsOf,
  rootContainerOf,
  usersOf,
} from '../domain/accounts.ts'
import type { DigicertEnv } from '../env.ts'
import { pageOf, readPaging } from '../lists/paging.ts'
import {
  toAccountView,
  toContainerView,
  toDomainView,
  toMetadataView,
  toOrganizationView,
  toUserEntry,
  toUserView,
} from '../views/accounts.ts'

/** One page of users is smaller than that of other lists (observed). */
const userLimit = 500

export const accounts: Hono<DigicertEnv> = new Hono<DigicertEnv>()

accounts.get('/user/me', (context) => {
  const { world, caller } = context.env
  return answerRead(context, toUserView(caller.user, rootContainerOf(world.state, caller)))
})

accounts.get('/user/:user_id', (context) => {
  const { world, caller } = context.env
  const user = findUser(world.state, caller, context.req.param('user_id'))
  return answerRead(context, toUserView(user, rootContainerOf(world.state, caller)))
})

accounts.get('/user', (context) => {
  const { world, caller } = context.env
  const root = rootContainerOf(world.state, caller)
  const list = usersOf(world.state, caller).map((user) => toUserEntry(user, root))
  const { items, page } = pageOf(list, readPaging(context.req.query(), userLimit))
  return answerRead(context, { ...(items.length > 0 && { users: items }), page })
})

accounts.get('/account', (context) => {
  const { world, caller } = context.env
  const administrator = usersOf(world.state, caller).find(({ role }) => role === 'administrator')
  return answerRead(context, toAccountView(caller.account, administrator))
})

accounts.get('/account/metadata', (context) => {
  const { world, caller } = context.env
  const fields = [...world.state.metadata.values()].filter(({ accountId }) => accountId === caller.account.id)
  return answerRead(context, fields.length > 0 ? { metadata: fields.map(toMetadataView) } : {})
})

accounts.get('/organization', (context) => {
  const { world, caller } = context.env
  const root = rootContainerOf(world.state, caller)
  const list = organizationsOf(world.state, caller).map((each) => toOrganizationView(each, root))
  const { items, page } = pageOf(list, readPaging(context.req.query()))
  return answerRead(context, { ...(items.length > 0 && { organizations: items }), page })
})

accounts.get('/organization/:organization_id', (context) => {
  const { world, caller } = context.env
  const organization = findOrganization(world.state, caller, context.req.param('organization_id'))
  return answerRead(context, toOrganizationView(organization, rootContainerOf(world.state, caller)))
})

accounts.get('/domain', (context) => {
  const { world, caller } = context.env
  const list = domainsOf(world.state, caller).map((domain) => toDomainView(world.state, domain))
  const { items, page } = pageOf(list, readPaging(context.req.query()))
  return answerRead(context, { ...(items.length > 0 && { domains: items }), page })
})

accounts.get('/container', (context) => {
  const { world, caller } = context.env
  const list = containersOf(world.state, caller).map(toContainerView)
  const { items, page } = pageOf(list, readPaging(context.req.query()))
  return answerRead(context, { ...(items.length > 0 && { containers: items }), page })
})
