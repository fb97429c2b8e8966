import classes from './skip-link.module.css'

/** The first stop of the keyboard: past the navigation, to the page itself. */
export function SkipLink() {
  return (
    <a className={classes.skip} href="#main">
      Skip to the page
    </a>
  )
}
