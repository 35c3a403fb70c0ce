# anjuan_static_verifier(NAME FROM folder): see docs/adr on the static verifier.
function(anjuan_static_verifier name)
endfunction()
