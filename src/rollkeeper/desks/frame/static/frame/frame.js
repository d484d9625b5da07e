// What a page gains with JavaScript: the error summary takes focus, and a wide list says where it moved to.
(function () {
  'use strict'

  function focusErrors (root) {
    var summary = root.querySelector('.rk-error-summary')
    if (summary) summary.focus()
  }

  // The summary has autofocus; this is for browsers that give it to form controls only.
  window.addEventListener('load', function () {
    if (document.activeElement === document.body) focusErrors(document)
  })
  document.addEventListener('DOMContentLoaded', function () {
    var print = document.querySelectorAll('[data-print]')
    print.forEach(function (button) {
      button.hidden = false
      button.addEventListener('click', function () { window.print() })
    })
  })
  document.addEventListener('htmx:afterSwap', function (event) {
    var list = event.target.isConnected ? event.target : document.getElementById(event.target.id)
    if (!list) return
    var caption = list.querySelector('caption')
    if (caption) {
      caption.setAttribute('tabindex', '-1')
      caption.focus()
    }
    if (window.uswds && window.uswds.table) window.uswds.table.on(list)
  })
  // An answer that is not a page of this list (signed out, not found, ledger unavailable) is shown as the page it is.
  document.addEventListener('htmx:beforeSwap', function (event) {
    if (event.detail.xhr.status >= 400) {
      event.preventDefault()
      window.location.assign(event.detail.requestConfig.path)
    }
  })
})()
