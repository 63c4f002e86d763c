echo 'Defaults requiretty' >> /etc/sudoers.d/site
