import { Loading } from '../ui/states.tsx'

export const LoadingPage = () => <Loading lines={8} />
