// The standard attributes of a person, as the profile shows and edits them.
export interface ProfileField {
  readonly name: string
  readonly label: string
  readonly required?: true
}

export interface ProfileSection {
  readonly title: string
  readonly fields: readonly ProfileField[]
}

export const PROFILE_SECTIONS: readonly ProfileSection[] = [
  {
    title: 'Name and sign-in',
    fields: [
      { name: 'login', label: 'Username', required: true },
      { name: 'firstName', label: 'First name', required: true },
      { name: 'lastName', label: 'Last name', required: true },
      { name: 'email', label: 'Primary email', required: true },
      { name: 'secondEmail', label: 'Secondary email' },
      { name: 'middleName', label: 'Middle name' },
      { name: 'honorificPrefix', label: 'Honorific prefix' },
      { name: 'honorificSuffix', label: 'Honorific suffix' },
      { name: 'displayName', label: 'Display name' },
      { name: 'nickName', label: 'Nickname' },
      { name: 'profileUrl', label: 'Profile URL' },
      { name: 'preferredLanguage', label: 'Preferred language' },
      { name: 'locale', label: 'Locale' },
      { name: 'timezone', label: 'Time zone' },
    ],
  },
  {
    title: 'Contact',
    fields: [
      { name: 'primaryPhone', label: 'Primary phone' },
      { name: 'mobilePhone', label: 'Mobile phone' },
      { name: 'streetAddress', label: 'Street address' },
      { name: 'city', label: 'City' },
      { name: 'state', label: 'State' },
      { name: 'zipCode', label: 'Zip code' },
      { name: 'countryCode', label: 'Country code' },
      { name: 'postalAddress', label: 'Postal address' },
    ],
  },
  {
    title: 'Work',
    fields: [
      { name: 'title', label: 'Title' },
      { name: 'userType', label: 'User type' },
      { name: 'employeeNumber', label: 'Employee number' },
      { name: 'costCenter', label: 'Cost center' },
      { name: 'organization', label: 'Organization' },
      { name: 'division', label: 'Division' },
      { name: 'department', label: 'Department' },
      { name: 'managerId', label: 'Manager ID' },
      { name: 'manager', label: 'Manager' },
    ],
  },
]

export const PROFILE_FIELDS: readonly ProfileField[] = PROFILE_SECTIONS.flatMap(({ fields }) => fields)
