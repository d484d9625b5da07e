// Says in the page what a failed passkey means; without this the reader would see nothing happen.
(function () {
  'use strict'
  document.addEventListener('allauth.error', function (event) {
    event.preventDefault()
    var old = document.getElementById('passkey-problem')
    if (old) old.remove()
    var source = document.getElementById('passkey-words')
    var box = document.createElement('div')
    box.id = 'passkey-problem'
    box.className = 'usa-alert usa-alert--error usa-alert--slim'
    box.setAttribute('role', 'alert')
    var body = document.createElement('div')
    body.className = 'usa-alert__body'
    var text = document.createElement('p')
    text.className = 'usa-alert__text'
    text.textContent = source ? source.content.textContent : 'The passkey was not used. Try again, or use another way to sign in.'
    body.appendChild(text)
    box.appendChild(body)
    var main = document.getElementById('main-content')
    main.insertBefore(box, main.firstChild)
  })
})()
