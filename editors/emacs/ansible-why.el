;;; ansible-why.el --- findings of ansible-why while you type  -*- lexical-binding: t; -*-

;; Load this file and start eglot in a YAML buffer: M-x eglot.
;; M-x ansible-why-lookup answers for the region, in any buffer: an error text, as Ansible printed it.

;;; Code:

(require 'eglot)

(defvar ansible-why-command "ansible-why"
  "The program.")

(add-to-list 'eglot-server-programs
             `((yaml-mode yaml-ts-mode) . (,ansible-why-command "lsp")))

(defun ansible-why-lookup (start end)
  "Look up the cause of the failure between START and END."
  (interactive "r")
  (let ((answer (generate-new-buffer "*ansible-why*")))
    (call-process-region start end ansible-why-command nil answer nil "lookup" "--format" "emacs")
    (with-current-buffer answer
      (goto-char (point-min))
      (compilation-mode))
    (display-buffer answer)))

(provide 'ansible-why)
;;; ansible-why.el ends here
