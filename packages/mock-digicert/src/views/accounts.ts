// Users, accounts, and what an account consists of.
import { createHash } from 'node:crypto'
import type {
  Account as AccountView,
  ContainerReference,
  Domain as DomainView,
  MetadataField as MetadataFieldView,
  Organization as OrganizationView,
  User as UserView,
} from '../api.generated.ts'
import { formatMoment, formatTime } from '../domain/dates.ts'
import type { Account, Container, Domain, MetadataField, Organization, Role, User } from '../entities.ts'
import { mustGet, type State } from '../state.ts'

const roles: Readonly<Record<Role, { readonly id: number; readonly name: string }>> = {
  administrator: { id: 1, name: 'Administrator' },
  limited: { id: 2, name: 'Limited user' },
  finance: { id: 3, name: 'Finance manager' },
  manager: { id: 4, name: 'Manager' },
  standard: { id: 5, name: 'Standard user' },
}

/** @param container - the first one of the user's account */
export function toUserView(user: User, container: Container): UserView {
  return {
    id: user.id,
    username: user.email,
    account_id: user.accountId,
    first_name: user.firstName,
    last_name: user.lastName,
    email: user.email,
    job_title: user.jobTitle,
    telephone: user.telephone,
    status: 'active',
    last_login_date: formatMoment(user.lastLoginMs),
    container: {
      id: container.id,
      public_id: nameFor('public', container.id),
      name: container.name,
      parent_id: 0,
      template_id: 5,
      ekey: nameFor('ekey', container.id),
      has_logo: true,
      is_active: true,
    },
    access_roles: [roles[user.role]],
    is_cert_central: true,
    is_enterprise: true,
    is_saml_sso_only: false,
    type: 'standard',
    has_container_assignments: false,
    container_visibility: [toContainerView(container)],
  }
}

/** In lists the date has another form (observed). */
export function toUserEntry(user: User, container: Container): UserView {
  return { ...toUserView(user, container), last_login_date: formatTime(user.lastLoginMs) }
}

/** Made from the id, so that nothing needs to be stored that means nothing. */
function nameFor(purpose: string, id: number): string {
  return createHash('sha256').update(`${purpose} ${id}`).digest('hex').slice(0, 32)
}

export function toContainerView({ id, name }: Container): ContainerReference {
  return { id, name, parent_id: 0, is_active: true }
}

/** All values but the id and the administrator's address are those of the vendor's sample. */
export function toAccountView({ id }: Account, administrator: User | undefined): AccountView {
  return {
    id,
    make_renewal_calls: true,
    express_install_enabled: false,
    ...(administrator && { admin_email: administrator.email }),
    display_rep: true,
    rep_name: 'Example User',
    rep_phone: '555-0100',
    rep_email: 'user@example.com',
    balance_negative_limit: 0,
    pricing_model: 'flatfee',
    cert_transparency: 'embed',
    cert_central_type: 'retail',
  }
}

export function toMetadataView({ id, label }: MetadataField): MetadataFieldView {
  return { id, label, is_required: false, is_active: true, data_type: 'text' }
}

/** @param container - the first one of the account that asks */
export function toOrganizationView(organization: Organization, container: Container): OrganizationView {
  const { id, name, city, state, country } = organization
  return {
    id,
    status: 'active',
    name,
    display_name: displayNameOf(organization),
    is_active: true,
    city,
    state,
    country,
    container: { id: container.id, name: container.name, is_active: true },
  }
}

/** The name, with the one that the organization goes by. */
export function displayNameOf({ name, assumedName }: Organization): string {
  return assumedName === undefined ? name : `${name} (${assumedName})`
}

export function toDomainView({ organizations, containers }: State, domain: Domain): DomainView {
  const container = mustGet(containers, domain.containerId)
  return {
    id: domain.id,
    name: domain.name,
    is_active: true,
    status: 'active',
    date_created: formatTime(domain.createdMs),
    organization: { id: domain.organizationId, name: mustGet(organizations, domain.organizationId).name },
    container: { id: container.id, name: container.name, is_active: true },
  }
}
