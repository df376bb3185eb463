/**
 * How the reference page looks: two columns where there is room, dark where that is wanted, no script and no file. A table
 * that goes on to the right has a shadow there, which the table itself covers at its end.
 */
export const docsStyle = `
:root { color-scheme: light dark; --text: #1b1f24; --quiet: #57606a; --line: #d5dae0; --page: #fff; --code: #f4f6f8; --link: #0a55c4 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e8ec; --quiet: #a3adb8; --line: #3a424c; --page: #14181d; --code: #20262d; --link: #7fb4ff }
}
* { box-sizing: border-box }
body { margin: 0; color: var(--text); background: var(--page); font: 1rem/1.5 system-ui, sans-serif }
a { color: var(--link) }
a:focus-visible, pre:focus-visible, .wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
code, pre { font: .875em/1.45 ui-monospace, monospace; background: var(--code); border-radius: 4px }
code { padding: .1em .3em; overflow-wrap: anywhere }
pre { padding: .75rem 1rem; overflow: auto; max-height: 18rem }
.codes a { white-space: nowrap }
pre code { padding: 0 }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem }
header { padding: 1rem 1.5rem 0; max-width: 70rem }
nav { padding: 0 1.5rem 1rem; border-bottom: 1px solid var(--line); columns: 9rem }
nav ul { list-style: none; margin: 0; padding: 0; break-inside: avoid }
nav h2 { font-size: 1rem; margin: 0; padding: 1rem 0 .25rem; break-after: avoid }
nav li { margin: .2rem 0 }
main { padding: 1rem 1.5rem 4rem; max-width: 70rem }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem; scroll-margin-top: 1rem }
h3 { overflow-wrap: anywhere }
h4 { margin: 1.25rem 0 .5rem }
.method { font-weight: 700 }
.wide {
  overflow-x: auto;
  background:
    linear-gradient(to left, var(--page) 40%, transparent) right / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--line), transparent) right / 1rem 100% no-repeat;
}
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); font-weight: 400 }
th code { overflow-wrap: normal }
td:last-child { min-width: 8rem }
nav h2::first-letter, main > h2::first-letter { text-transform: uppercase }
thead th { color: var(--quiet) }
@media (min-width: 64rem) {
  th code { white-space: nowrap }
  td:last-child { min-width: 12rem }
  body { display: grid; grid-template: auto 1fr / 20rem minmax(0, 1fr) }
  header, main { grid-column: 2 }
  nav { grid-area: 1 / 1 / 3; columns: auto; position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0; border-right: 1px solid var(--line) }
}
details { border-top: 1px solid var(--line); padding: .3rem 0 }
summary { cursor: pointer }
summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
@media print { nav, .skip { display: none } details::details-content { content-visibility: visible; block-size: auto } }
`
